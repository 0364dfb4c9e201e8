# Refusals of changes. Each says what is wrong and what to do.
forbidden = You may not do this ({ $action }): ask an administrator of the registry.
key-reused = This idempotency key was used for another request: make a new key for a new request.
conflict = Someone else has changed this record: it has version { $version } now. Read it again and repeat your change.
