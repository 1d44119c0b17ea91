using AeVae.Compute;
using AeVae.Models.Losses;

namespace AeVae.Models.Evaluation;

/// <summary>Decodes any number of codes, as many at a time as the network has room for.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">Turns what the decoder says into pixels.</param>
/// <param name="pixels">Pixels of an image.</param>
/// <param name="team">Threads.</param>
sealed class BatchDecoder(Autoencoder network, Objective objective, int pixels, ThreadTeam team)
{
    /// <summary>z (images × latent) → images (images × pixels).</summary>
    public Matrix Decode(Matrix z)
    {
        var images = new Matrix(z.Rows, pixels);
        var batch = new Matrix(Math.Min(z.Rows, network.Capacity), z.Columns);
        for (int first = 0; first < z.Rows; first += batch.Capacity)
        {
            batch.Rows = Math.Min(batch.Capacity, z.Rows - first);
            for (int row = 0; row < batch.Rows; row++) z.Row(first + row).CopyTo(batch.Row(row));
            Matrix decoded = objective.Reconstruct(network.Decode(batch, team), team);
            for (int row = 0; row < batch.Rows; row++) decoded.Row(row).CopyTo(images.Row(first + row));
        }

        return images;
    }
}
