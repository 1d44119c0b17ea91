using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>What is to be read, and from where.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Options">What the experiment says of it.</param>
/// <param name="Folder">The data folder.</param>
/// <param name="Progress">Told how far a long reading is.</param>
/// <param name="Cancellation">Ends a long reading.</param>
sealed record ImageSource(DatasetInfo Dataset, DataOptions Options, DataFolder Folder, IProgress<ReadProgress>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>What messages call it.</summary>
    public string Name => Options.Path ?? Dataset.Name;
}

/// <summary>How far a long reading is.</summary>
/// <param name="Images">Images read.</param>
/// <param name="Of">All of them.</param>
public sealed record ReadProgress(int Images, int Of);
