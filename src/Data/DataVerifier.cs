using System.Security.Cryptography;
using AeVae.Data.Catalogue;
using AeVae.Data.Idx;

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
/// <param name="File">The file as published.</param>
/// <param name="Path">Where it lies, or belongs.</param>
/// <param name="State">What was found.</param>
/// <param name="Detail">What is wrong; null when nothing is.</param>
public sealed record DataFileCheck(DatasetFile File, string Path, DataFileState State, string? Detail);

/// <summary>Compares the files of the data folder with their published checksums.</summary>
public static class DataVerifier
{
    /// <summary>Checks every file of <paramref name="dataset"/>, in catalogue order; empty when its images are generated.</summary>
    public static IReadOnlyList<DataFileCheck> Verify(DatasetInfo dataset, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(folder);
        return [.. dataset.Files.Select(file => Check(file, folder.Find(dataset, file.Name), folder.PathOf(dataset, file.Name)))];
    }

    static DataFileCheck Check(DatasetFile file, string? path, string belongs)
    {
        if (path is null) return new(file, belongs, DataFileState.Missing, "is not there");
        try
        {
            using Stream content = GzipContent.OpenFile(path);
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            return sha256 == file.Sha256
                ? new(file, path, DataFileState.Ok, null)
                : new(file, path, DataFileState.Damaged, $"has SHA-256 {sha256}; the published file has {file.Sha256}");
        }
        catch (Exception defect) when (defect is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(file, path, DataFileState.Damaged, $"cannot be read: {defect.Message}");
        }
    }
}
