namespace AeVae.Data.Fetching;

/// <summary>How a data set came to be in the data folder.</summary>
/// <param name="Folder">The folder that holds its files.</param>
/// <param name="Sources">Where files were taken from; empty when all were there already.</param>
/// <param name="Failures">Why sources that were tried first did not serve, one sentence each.</param>
public sealed record FetchResult(string Folder, IReadOnlyList<string> Sources, IReadOnlyList<string> Failures)
{
    /// <summary>All files were there already, or none is needed.</summary>
    public bool AlreadyPresent => Sources.Count == 0;
}
