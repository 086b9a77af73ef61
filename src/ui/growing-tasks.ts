import { type ListrTask } from 'listr2';

type Link = { readonly task: ListrTask; readonly next: Promise<Link> } | null;

export interface GrowingTasks {
  /** Goes into a list; everything added later appears at its place. */
  readonly first: ListrTask;
  add(task: ListrTask): void;
  end(): void;
}

/**
 * listr2 wants to know its tasks before it runs them; a run announces them one by one. So a list holds one task and,
 * beside it, an untitled task that waits for the next one and then becomes such a list itself. Untitled tasks take no
 * line and no indentation.
 */
export function growingTasks(): GrowingTasks {
  let give: (link: Link) => void = () => undefined;
  const coming = (): Promise<Link> =>
    new Promise((resolve) => {
      give = resolve;
    });
  return {
    first: waitFor(coming()),
    add(task) {
      const giveThis = give;
      giveThis({ task, next: coming() });
    },
    end() {
      give(null);
    },
  };
}

function waitFor(coming: Promise<Link>): ListrTask {
  return {
    task: async (_context, wrapper): Promise<unknown> => {
      const link = await coming;
      return link === null ? undefined : wrapper.newListr([link.task, waitFor(link.next)], { concurrent: true });
    },
  };
}
