using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Exports;

/// <summary>Images of a run side by side on one image.</summary>
/// <param name="Name">What they are, in one word.</param>
/// <param name="Image">The sheet.</param>
/// <param name="Description">What they are, in a sentence.</param>
sealed record ImageSheet(string Name, RasterImage Image, string Description)
{
    /// <summary>The sheets of a run, as far as it has images.</summary>
    /// <param name="run">The run.</param>
    /// <param name="notes">Gets a sentence for each artifact that cannot be read.</param>
    public static List<ImageSheet> Of(RunData run, List<string> notes)
    {
        List<ImageSheet> sheets = [];
        if (Stored(ArtifactNames.Originals) is { } originals && Stored(ArtifactNames.Reconstructions) is { } reconstructions && originals.Length == reconstructions.Length)
            sheets.Add(new("reconstructions", SideBySide([.. originals, .. reconstructions], originals.Length), "Test images above what the model makes of them."));
        if (Stored(ArtifactNames.Samples) is { } samples)
            sheets.Add(new("samples", SideBySide(samples, StoredImages.SamplesPerRow), "Decoded from draws of N(0, I), none chosen by hand."));
        return sheets;

        RasterImage[]? Stored(string artifact)
        {
            try
            {
                return StoredImages.Of(run, artifact);
            }
            catch (FormatException e)
            {
                notes.Add($"the artifact {artifact} of run {run.Run.Id} cannot be read, and is left out: {e.Message}");
                return null;
            }
        }
    }

    // They are of one size.
    static RasterImage SideBySide(RasterImage[] images, int perRow)
    {
        (int width, int height, int channels) = (images[0].Width, images[0].Height, images[0].Channels);
        int columns = Math.Min(perRow, images.Length), rows = (images.Length + perRow - 1) / perRow, rowBytes = width * channels;
        byte[] pixels = new byte[rows * height * columns * rowBytes];
        for (int i = 0; i < images.Length; i++)
        {
            for (int y = 0; y < height; y++)
                images[i].Pixels.AsSpan(y * rowBytes, rowBytes).CopyTo(pixels.AsSpan(((i / perRow * height + y) * columns + i % perRow) * rowBytes));
        }

        return new RasterImage(pixels, columns * width, rows * height, channels);
    }
}
