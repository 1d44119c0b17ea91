using AeVae.Data.Catalogue;

namespace AeVae.Data.Fetching;

/// <summary>Brings data sets into the data folder from the first source that has the published bytes.</summary>
public sealed class DataFetcher
{
    /// <summary>Brings every missing or damaged file of <paramref name="dataset"/>; files that are right stay untouched.</summary>
    /// <exception cref="DataException">The folder cannot be written to, or no source had the published bytes; the message lists each source and why.</exception>
    public Task<FetchResult> FetchAsync(DatasetInfo dataset, DataFolder folder, IProgress<FetchProgress>? progress, CancellationToken cancellation) => throw new NotImplementedException();
}
