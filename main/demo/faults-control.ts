import { z } from 'zod';
import { Fault, type Faults } from './faults';

export interface ControlOptions {
  /** Bearer text that may steer the server. */
  key: string;
  faults: Faults;
  approveAs(memberId: string | null): void;
}

const Wish = z.object({ faults: z.array(Fault).max(100).optional(), approveAs: z.string().nullable().optional() });

/**
 * Steers a running demo server over HTTP: `PUT /__control` sets faults and who approves sign-ins,
 * `GET /__control` answers the journal, `DELETE /__control` clears both. Null for any other path.
 */
export function createControl(options: ControlOptions): (request: Request) => Promise<Response> | null {
  const { faults } = options;
  const answer = async (request: Request): Promise<Response> => {
    if (request.headers.get('authorization') !== `Bearer ${options.key}`)
      return Response.json({ error: 'The key of this demo server is needed.' }, { status: 401 });
    if (request.method === 'GET') return Response.json({ journal: faults.journal });
    if (request.method === 'DELETE') {
      faults.clear();
      faults.clearJournal();
      return Response.json({});
    }
    const wish = Wish.safeParse(await request.json().catch(() => null));
    if (request.method !== 'PUT' || !wish.success)
      return Response.json({ error: 'Send {"faults": [...]} or {"approveAs": id}.' }, { status: 400 });
    if (wish.data.faults) faults.set(wish.data.faults);
    if (wish.data.approveAs !== undefined) options.approveAs(wish.data.approveAs);
    return Response.json({});
  };
  return (request) => (new URL(request.url).pathname === '/__control' ? answer(request) : null);
}
