/** The objects every Twenty workspace has, by Twenty's singular name. */
export const CORE_OBJECTS = ['person', 'company', 'opportunity', 'note', 'task'] as const;
export type CoreObject = (typeof CORE_OBJECTS)[number];

/** Join rows and members: synced, never shown as lists of their own. */
export const SUPPORT_OBJECTS = ['noteTarget', 'taskTarget', 'workspaceMember'] as const;
export type SupportObject = (typeof SUPPORT_OBJECTS)[number];

/** Twenty's plural for each stock object; custom objects take theirs from metadata. */
export const PLURALS: Readonly<Record<CoreObject | SupportObject, string>> = {
  person: 'people',
  company: 'companies',
  opportunity: 'opportunities',
  note: 'notes',
  task: 'tasks',
  noteTarget: 'noteTargets',
  taskTarget: 'taskTargets',
  workspaceMember: 'workspaceMembers',
};

/** What a note or task can be linked to from a capture; custom objects are linked by their metadata name. */
export const LINKABLE_OBJECTS = ['person', 'company', 'opportunity'] as const;
export type LinkableObject = (typeof LINKABLE_OBJECTS)[number];
