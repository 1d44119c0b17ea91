namespace AeVae.Reports;

/// <summary>File format of a report's animations.</summary>
public enum AnimationFormat
{
    /// <summary>Animated PNG: every colour, played by browsers.</summary>
    Png,

    /// <summary>Animated GIF: 256 colours, played by mail programs and slides, too.</summary>
    Gif,
}

/// <summary>What the formats are called in files.</summary>
static class AnimationFormats
{
    /// <summary>The ending of a file, with its dot.</summary>
    public static string Extension(this AnimationFormat format) => format == AnimationFormat.Gif ? ".gif" : ".png";

    /// <summary>The type of its content.</summary>
    public static string MediaType(this AnimationFormat format) => format == AnimationFormat.Gif ? "image/gif" : "image/png";
}
