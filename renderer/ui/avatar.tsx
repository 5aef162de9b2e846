import { avatarColor, initials } from '../../shared/crm';

interface AvatarProps {
  name: string;
  id: string;
  /** People are round, everything else is square. */
  shape?: 'round' | 'square';
  size?: 'normal' | 'large';
}

/** Initials on a colour that stays with the record. Decoration only: the name stands beside it. */
export function Avatar({ name, id, shape = 'round', size = 'normal' }: AvatarProps) {
  return (
    <span className="avatar" data-hue={avatarColor(id)} data-shape={shape} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
