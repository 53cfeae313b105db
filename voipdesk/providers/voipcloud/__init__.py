"""VoIPcloud, also sold as VoIPLine and under other names: its API Integration, version 1 and 2."""
