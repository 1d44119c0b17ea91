using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>Fills ε ~ N(0, I), (batch × latent).</summary>
static class LatentNoise
{
    /// <summary>Training: element (row, latent) is draw row · latents + latent of the step.</summary>
    public static void FillStep(Matrix noise, int rows, RandomStream stream, int epoch, int step, ThreadTeam team)
    {
        noise.Rows = rows;
        stream.FillNormal(noise, firstRow: 0, rows, (uint)step, (uint)epoch, firstElement: 0, team);
    }

    /// <summary>Evaluation: an image keeps its noise in every epoch, whatever batch it comes in.</summary>
    public static void FillImages(Matrix noise, int firstImage, int rows, RandomStream stream, ThreadTeam team)
    {
        noise.Rows = rows;
        stream.FillNormal(noise, firstRow: 0, rows, step: 0, epoch: 0, (long)firstImage * noise.Columns, team);
    }
}
