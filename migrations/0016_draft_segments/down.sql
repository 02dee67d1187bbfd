DROP TABLE draft_segment_writers;
DROP TABLE draft_segments;
