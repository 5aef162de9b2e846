import type { Task } from './task';

const NAMED = 8;

/** Which tasks an act is about, when there are several. */
export function TaskNames({ tasks }: { tasks: readonly Task[] }) {
  if (tasks.length < 2) return null;
  return (
    <ul className="delete-names">
      {tasks.slice(0, NAMED).map((task) => (
        <li key={task.id} className="cut">
          {task.title}
        </li>
      ))}
      {tasks.length > NAMED && <li className="dim">and {tasks.length - NAMED} more</li>}
    </ul>
  );
}
