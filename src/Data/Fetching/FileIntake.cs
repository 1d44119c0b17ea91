using System.Security.Cryptography;
using AeVae.Data.Catalogue;
using AeVae.Data.Idx;

namespace AeVae.Data.Fetching;

/// <summary>Takes the files of a data set from whichever source has them into the data folder, and only the published bytes.</summary>
/// <param name="dataset">The data set.</param>
/// <param name="folder">Where its files go.</param>
/// <param name="missing">The files still needed.</param>
/// <param name="http">Client of the sources on the web.</param>
/// <param name="patience">How long a server may be silent.</param>
/// <param name="progress">Told of every stored piece.</param>
sealed class FileIntake(DatasetInfo dataset, DataFolder folder, IEnumerable<DatasetFile> missing, HttpClient http, TimeSpan patience, IProgress<FetchProgress>? progress)
{
    const int BufferBytes = 1 << 17;

    readonly List<DatasetFile> missing = [.. missing];
    string sourceName = "";

    public HttpClient Http => http;

    public TimeSpan Patience => patience;

    public bool IsComplete => missing.Count == 0;

    /// <summary>Names of the files still needed; a copy, so that it may be walked while files are stored.</summary>
    public IReadOnlyList<string> MissingFiles => [.. missing.Select(file => file.Name)];

    /// <summary>Reports that <paramref name="source"/> is in use from now on.</summary>
    public void Begin(FetchSource source)
    {
        sourceName = source.Name;
        Report("", 0);
    }

    /// <summary>Stores one file, uncompressed, if its bytes are the published ones.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    /// <exception cref="DataException">The folder cannot be written to.</exception>
    public async Task StoreAsync(string name, Stream content, CancellationToken cancellation)
    {
        DatasetFile file = missing.Single(file => file.Name == name);
        string path = folder.PathOf(dataset, name);
        // Another process may store the same file at the same time: each writes its own and the last rename wins, with equal bytes.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (FileStream target = folder.Write(dataset, () => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0)))
            {
                await CopyAsync(file, content, target, cancellation).ConfigureAwait(false);
                folder.Write(dataset, () => target.Flush(flushToDisk: true));
            }

            folder.Write(dataset, () => File.Move(temporary, path, overwrite: true));
        }
        finally
        {
            File.Delete(temporary);
        }

        missing.Remove(file);
    }

    async Task CopyAsync(DatasetFile file, Stream content, FileStream target, CancellationToken cancellation)
    {
        using Stream plain = await GzipContent.OpenAsync(content, cancellation).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        while (await plain.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            length += read;
            if (length > file.Bytes) throw new InvalidDataException($"{file.Name} is longer than the {file.Bytes} bytes of the published file");
            hash.AppendData(buffer, 0, read);
            folder.Write(dataset, () => target.Write(buffer, 0, read));
            Report(file.Name, length);
        }

        if (length < file.Bytes) throw new InvalidDataException($"{file.Name} ends after {length} of {file.Bytes} bytes");
        string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sha256 != file.Sha256) throw new InvalidDataException($"{file.Name} has SHA-256 {sha256}; the published file has {file.Sha256}");
    }

    void Report(string name, long bytes)
    {
        long total = dataset.Files.Sum(file => file.Bytes);
        progress?.Report(new(sourceName, name, total - missing.Sum(file => file.Bytes) + bytes, total));
    }
}
