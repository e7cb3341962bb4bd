import type { Avatar } from "@haru/core/media/picture.contract";
import { Initial } from "./initial-badge.tsx";

interface PortraitProps {
  readonly name: string;
  readonly seed: string;
  readonly avatar: Avatar | undefined;
}

/** The person's avatar, or the first letter of the name. Decoration, since the name is beside it. */
export function Portrait({ name, seed, avatar }: PortraitProps) {
  if (!avatar) return <Initial name={name} seed={seed} />;
  return (
    <img
      className="initial"
      src={avatar.src}
      srcSet={avatar.srcset}
      sizes="4rem"
      width={96}
      height={96}
      alt=""
      decoding="async"
    />
  );
}
