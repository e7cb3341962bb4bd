import type { Picture as PictureData } from "@haru/core/media/picture.contract";

interface PictureProps {
  readonly picture: PictureData;
  readonly alt: string;
  /** `thumbnail` is square, `inline` has the shape of the original. */
  readonly as: "thumbnail" | "inline";
  /** How wide it is shown, as the attribute of that name says it. */
  readonly sizes: string;
  /** Seen before anybody scrolls. */
  readonly isFirst?: boolean;
}

/** A picture in the best format and width that the browser wants, with a blur until it is there. */
export function Picture({ picture, alt, as, sizes, isFirst = false }: PictureProps) {
  const { sources, src, srcset, width, height } = picture[as];
  return (
    <span className="picture">
      {!picture.isTransparent && <img className="picture-placeholder" src={picture.placeholder} alt="" />}
      <picture>
        {sources.map(({ type, srcset: better, media }) => (
          <source key={type} type={type} srcSet={better} sizes={sizes} media={media} />
        ))}
        <img
          src={src}
          srcSet={srcset}
          sizes={sizes}
          width={width}
          height={height}
          alt={alt}
          decoding="async"
          {...(isFirst ? { fetchPriority: "high" as const } : { loading: "lazy" as const })}
        />
      </picture>
    </span>
  );
}
