using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>What stands in the place of a data file.</summary>
public enum DataFileState
{
    /// <summary>The published bytes.</summary>
    Ok,

    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Other bytes than the published ones, or a file that cannot be read.</summary>
    Damaged,
}

/// <summary>The check of one data file.</summary>
/// <param name="Path">Where it lies, or belongs.</param>
/// <param name="State">What was found.</param>
/// <param name="Detail">What is wrong and what to do, in one sentence; null when nothing is.</param>
public sealed record DataFileCheck(string Path, DataFileState State, string? Detail);

/// <summary>Compares the files of the data folder with their published checksums.</summary>
public static class DataVerifier
{
    /// <summary>Checks every file of <paramref name="dataset"/>, in catalogue order; empty when its images are generated.</summary>
    public static IReadOnlyList<DataFileCheck> Verify(DatasetInfo dataset, DataFolder folder) => throw new NotImplementedException();
}
