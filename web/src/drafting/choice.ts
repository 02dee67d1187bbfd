// Who may write, as one wishes it: whom to let in and whom to take out. Held so, a wish stands on whatever others have
// chosen meanwhile, and undoes none of it.
export interface Wish {
  letIn: ReadonlySet<string>;
  takeOut: ReadonlySet<string>;
}

/** What makes this choice of those who are there now. */
export function wishFor(present: ReadonlySet<string>, chosen: ReadonlySet<string>): Wish {
  return { letIn: without(chosen, present), takeOut: without(present, chosen) };
}

/** Who may write once the wish is fulfilled. */
export function fulfilled(present: ReadonlySet<string>, { letIn, takeOut }: Wish): ReadonlySet<string> {
  return new Set([...without(present, takeOut), ...letIn]);
}

function without(some: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...some].filter((one) => !others.has(one)));
}
