"""What the program does, with or without a window: plain asyncio, no Qt."""
