@rem npm start begins with exec, so that a signal to npm reaches it and no shell between. cmd.exe has no such command.
@%*
