"""The desk's pages. They ask access, show what the judgement says, and change things through actions."""
