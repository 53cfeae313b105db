"""A telephone exchange on loopback that answers as the services do, to show and to test; needs the extra `demo`."""
