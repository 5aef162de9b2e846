import { ServerError } from './errors';
import { fieldsConnection, objectNode, objectsConnection, type WorkspaceInfo } from './graphql-metadata';
import type { Root, RootCall } from './graphql-roots';
import { argumentsOf, pick } from './graphql-selection';
import type { Store } from './store';

/** Root fields that tell about the workspace, its objects and who is signed in. */
export function metadataRoots(workspace: WorkspaceInfo): Map<string, Root> {
  const tell = (make: (call: RootCall, args: Record<string, unknown>) => unknown): Root => ({
    write: false,
    run: (call, asked) => pick(call.operation, make(call, argumentsOf(call.operation, asked.node)), asked.selection),
  });
  const info = { ...workspace, logo: '' };
  return new Map([
    ['objects', tell(({ store }, args) => objectsConnection(store, args.paging))],
    [
      'object',
      tell(({ store }, args) => {
        const object = store.schema.objects.find((candidate) => candidate.id === args.id);
        if (!object) throw new ServerError(404, 'Object does not exist');
        return objectNode(store, object);
      }),
    ],
    ['fields', tell(({ store }, args) => fieldsConnection(store, args.paging))],
    ['currentWorkspace', tell(() => info)],
    ['currentUser', tell((call) => ({ ...currentUser(call), currentWorkspace: info }))],
    [
      'clientConfig',
      tell(() => ({
        signInPrefilled: true,
        frontDomain: 'localhost',
        isMultiWorkspaceEnabled: false,
        debugMode: false,
        api: { mutationMaximumAffectedRecords: 100 },
      })),
    ],
  ]);
}

/** Who signed in; an API key is nobody and is refused. */
function currentUser({ store, caller }: RootCall): Record<string, unknown> {
  const memberId = caller.actor.workspaceMemberId;
  const member = caller.kind === 'person' && memberId ? store.live('workspaceMember', memberId) : undefined;
  if (!member) throw nobody(store);
  const { id, name, userEmail, userId, avatarUrl, locale, timeZone, colorScheme } = member;
  const { firstName, lastName } = (name ?? {}) as Record<string, unknown>;
  const workspaceMember = { id, name, userEmail, avatarUrl, locale, timeZone, colorScheme };
  return { id: userId ?? id, email: userEmail, firstName, lastName, workspaceMember };
}

const NOBODY =
  "You're not authorized to do this. Note: This endpoint requires a user and won't work with just an API key.";

function nobody(store: Store): ServerError {
  if (store.traits.family !== 'current')
    return new ServerError(403, NOBODY, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  return new ServerError(403, 'Forbidden resource', {
    extensions: {
      code: 'FORBIDDEN',
      response: { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 },
    },
  });
}
