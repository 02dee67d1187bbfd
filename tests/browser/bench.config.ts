// Measurements: the same browser as the stories', one after another.
import { defineConfig } from '@playwright/test';
import stories from './playwright.config.ts';

export default defineConfig({ ...stories, testDir: 'bench', workers: 1, timeout: 600_000 });
