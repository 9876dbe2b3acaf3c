"""What a scenario may ask for besides placing: segments in a table of customers, a picture in few colours."""
