"""What every resource of the REST API shares; `docs/adr/0010-rest-api.md` says why it is built this way."""
