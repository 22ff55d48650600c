/** For tests: the structure of the database that was dumped by pg_dump 15. */
export const dumpedStructure = String.raw`
CREATE TYPE mood AS ENUM ('so "so"', 'fine');
CREATE TABLE "Odd ""t" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Select" text, b bytea, doc jsonb, list text[], span int4range,
 at timestamptz, gap interval, n numeric, f float8, m mood, yes bool, bits varbit(9), len int GENERATED ALWAYS AS (length("Select")) STORED);
CREATE TABLE nothing ();
CREATE SEQUENCE "back\slash '";
CREATE TABLE twin (a int PRIMARY KEY, b int REFERENCES twin);`;

/** By pg_dump --data-only. */
export const copied = String.raw`--
-- PostgreSQL database dump
--

\restrict tEsTkEy0123

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: Odd "t; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."Odd ""t" (id, "Select", b, doc, list, span, at, gap, n, f, m, yes, bits) FROM stdin;
1	quotes ' " \\ \\. \\N tab\t line\nfeed	\\x00ff5c0a	{"a": "\\\\n"}	{"a,b",NULL,"\\""}	[1,5)	2026-11-22 05:00:00+00	1 mon -2 days	-12345678901234567890.5	NaN	so "so"	t	101
2	; DROP TABLE twin; --	\N	\N	\N	\N	infinity	\N	NaN	-1.5e+300	\N	f	\N
\.


--
-- Data for Name: _prisma_migrations; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public._prisma_migrations (id) FROM stdin;
x
\.


--
-- Data for Name: nothing; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.nothing  FROM stdin;

\.


--
-- Data for Name: twin; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.twin (a, b) FROM stdin;
1	1
\.


--
-- Name: Odd "t_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."Odd ""t_id_seq"', 2, true);


--
-- Name: back\slash '; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."back\slash ''"', 1, true);


--
-- PostgreSQL database dump complete
--

\unrestrict tEsTkEy0123

`;

/** By pg_dump --data-only --inserts. */
export const inserted = String.raw`--
-- PostgreSQL database dump
--

\restrict tEsTkEy0123

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: Odd "t; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public."Odd ""t" OVERRIDING SYSTEM VALUE VALUES (1, 'quotes '' " \ \. \N tab	 line
feed', '\x00ff5c0a', '{"a": "\\n"}', '{"a,b",NULL,"\""}', '[1,5)', '2026-11-22 05:00:00+00', '1 mon -2 days', -12345678901234567890.5, 'NaN', 'so "so"', true, B'101', DEFAULT);
INSERT INTO public."Odd ""t" OVERRIDING SYSTEM VALUE VALUES (2, '; DROP TABLE twin; --', NULL, NULL, NULL, NULL, 'infinity', NULL, 'NaN', -1.5e+300, NULL, false, NULL, DEFAULT);


--
-- Data for Name: _prisma_migrations; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public._prisma_migrations VALUES ('x');


--
-- Data for Name: nothing; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.nothing DEFAULT VALUES;


--
-- Data for Name: twin; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.twin VALUES (1, 1);


--
-- Name: Odd "t_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."Odd ""t_id_seq"', 2, true);


--
-- Name: back\slash '; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."back\slash ''"', 1, true);


--
-- PostgreSQL database dump complete
--

\unrestrict tEsTkEy0123

`;

/** By pg_dump --data-only --column-inserts --rows-per-insert=5 --on-conflict-do-nothing --disable-triggers. */
export const columnInserted = String.raw`--
-- PostgreSQL database dump
--

\restrict tEsTkEy0123

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: Odd "t; Type: TABLE DATA; Schema: public; Owner: postgres
--

SET SESSION AUTHORIZATION DEFAULT;

ALTER TABLE public."Odd ""t" DISABLE TRIGGER ALL;

INSERT INTO public."Odd ""t" (id, "Select", b, doc, list, span, at, gap, n, f, m, yes, bits) OVERRIDING SYSTEM VALUE VALUES
	(1, 'quotes '' " \ \. \N tab	 line
feed', '\x00ff5c0a', '{"a": "\\n"}', '{"a,b",NULL,"\""}', '[1,5)', '2026-11-22 05:00:00+00', '1 mon -2 days', -12345678901234567890.5, 'NaN', 'so "so"', true, B'101'),
	(2, '; DROP TABLE twin; --', NULL, NULL, NULL, NULL, 'infinity', NULL, 'NaN', -1.5e+300, NULL, false, NULL) ON CONFLICT DO NOTHING;


ALTER TABLE public."Odd ""t" ENABLE TRIGGER ALL;

--
-- Data for Name: _prisma_migrations; Type: TABLE DATA; Schema: public; Owner: postgres
--

ALTER TABLE public._prisma_migrations DISABLE TRIGGER ALL;

INSERT INTO public._prisma_migrations (id) VALUES
	('x') ON CONFLICT DO NOTHING;


ALTER TABLE public._prisma_migrations ENABLE TRIGGER ALL;

--
-- Data for Name: nothing; Type: TABLE DATA; Schema: public; Owner: postgres
--

ALTER TABLE public.nothing DISABLE TRIGGER ALL;

INSERT INTO public.nothing DEFAULT VALUES;


ALTER TABLE public.nothing ENABLE TRIGGER ALL;

--
-- Data for Name: twin; Type: TABLE DATA; Schema: public; Owner: postgres
--

ALTER TABLE public.twin DISABLE TRIGGER ALL;

INSERT INTO public.twin (a, b) VALUES
	(1, 1) ON CONFLICT DO NOTHING;


ALTER TABLE public.twin ENABLE TRIGGER ALL;

--
-- Name: Odd "t_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."Odd ""t_id_seq"', 2, true);


--
-- Name: back\slash '; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public."back\slash ''"', 1, true);


--
-- PostgreSQL database dump complete
--

\unrestrict tEsTkEy0123

`;
