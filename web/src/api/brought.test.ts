import { expect, it, vi } from 'vitest';

it('the page answers the first question and no other, and keeps nothing that was not asked for', async () => {
  document.body.innerHTML = '<script type="application/json" id="answers">{"/api/me":{"title":"\\u003c/script>"}}</script>';
  vi.resetModules();
  const { brought } = await import('./brought');
  expect(brought('/api/statements')).toBeUndefined();
  expect(await brought('/api/me')?.json()).toEqual({ title: '</script>' });
  expect(brought('/api/me')).toBeUndefined();
  expect(document.getElementById('answers')).toBeNull();
});

it('a page that brought nothing asks the server', async () => {
  document.body.innerHTML = '';
  vi.resetModules();
  const { brought } = await import('./brought');
  expect(brought('/api/me')).toBeUndefined();
});
