using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>Codes of a few test images after some epochs, for a picture of how the latent space forms; nothing is decided by them.</summary>
[SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular.")]
static class LatentFrames
{
    /// <summary>The first test images are shown.</summary>
    public const int Images = 200;

    const int Most = 16;

    /// <summary>Whether an epoch is one of those: the first, the last, and up to 14 between them, closer together at the begin, where most happens.</summary>
    public static bool Contains(int epoch, int epochs)
    {
        if (epochs <= Most)
            return true;
        for (int frame = 0; frame < Most; frame++)
        {
            // 1 + (epochs − 1)·(frame ÷ 15)², rounded down, and at least one epoch after the frame before.
            int at = 1 + Math.Max(frame, (int)((long)(epochs - 1) * frame * frame / ((Most - 1) * (Most - 1))));
            if (at == epoch)
                return true;
        }

        return false;
    }

    /// <summary>Codes rounded to half precision: (images × latent).</summary>
    public static Half[,] Of(Matrix codes)
    {
        Half[,] frame = new Half[codes.Rows, codes.Columns];
        for (int row = 0; row < codes.Rows; row++)
        {
            for (int j = 0; j < codes.Columns; j++) frame[row, j] = (Half)codes[row, j];
        }

        return frame;
    }
}
