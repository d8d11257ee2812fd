"""The DoS search: REST and SOAP for systems that call the NHS Directory of Services."""
