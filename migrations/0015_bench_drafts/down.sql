DROP TABLE bench_drafts;
