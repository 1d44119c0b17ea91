using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>Fills ε ~ N(0, I), (batch × latent).</summary>
static class LatentNoise
{
    /// <summary>Training: element (row, latent) is draw row · latents + latent of the step.</summary>
    public static void FillStep(Matrix noise, int rows, RandomStream stream, int epoch, int step)
    {
        noise.Rows = rows;
        for (int row = 0; row < rows; row++) stream.FillNormal(noise.Row(row), (uint)step, (uint)epoch, (long)row * noise.Columns);
    }

    /// <summary>Evaluation: an image keeps its noise in every epoch, whatever batch it comes in.</summary>
    public static void FillImages(Matrix noise, int firstImage, int rows, RandomStream stream)
    {
        noise.Rows = rows;
        for (int row = 0; row < rows; row++) stream.FillNormal(noise.Row(row), step: 0, epoch: 0, (long)(firstImage + row) * noise.Columns);
    }
}
