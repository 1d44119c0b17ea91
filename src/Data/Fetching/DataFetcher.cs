using System.Text;
using AeVae.Data.Catalogue;

namespace AeVae.Data.Fetching;

/// <summary>Brings data sets into the data folder from the first source that has the published bytes.</summary>
public sealed class DataFetcher
{
    readonly Func<HttpMessageHandler> connect;
    readonly TimeSpan patience;

    /// <summary>A fetcher that uses the network of this computer: 4 seconds to connect, 20 seconds of silence at most.</summary>
    public DataFetcher()
        : this(() => new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(4) }, TimeSpan.FromSeconds(20))
    {
    }

    internal DataFetcher(Func<HttpMessageHandler> connect, TimeSpan patience)
    {
        this.connect = connect;
        this.patience = patience;
    }

    /// <summary>Brings every missing or damaged file of <paramref name="dataset"/>; files that are right stay untouched.</summary>
    /// <exception cref="DataException">The folder cannot be written to, or no source had the published bytes; the message lists each source and why.</exception>
    public async Task<FetchResult> FetchAsync(DatasetInfo dataset, DataFolder folder, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        DatasetFile[] missing = [.. DataVerifier.Verify(dataset, folder).Where(check => check.State != DataFileState.Ok).Select(check => check.File)];
        if (missing.Length == 0) return new(folder.FolderOf(dataset), [], []);

        PrepareFolder(dataset, folder);
        using var http = new HttpClient(connect()) { Timeout = Timeout.InfiniteTimeSpan };
        var intake = new FileIntake(dataset, folder, missing, http, patience, progress);
        List<string> used = [];
        List<string> failures = [];
        foreach (FetchSource source in dataset.Sources)
        {
            int before = intake.MissingFiles.Count;
            string? failure = await TryAsync(source, intake, cancellation).ConfigureAwait(false);
            if (intake.MissingFiles.Count < before) used.Add(source.Name);
            if (intake.IsComplete) return new(folder.FolderOf(dataset), used, failures);
            failures.Add($"{source.Name}: {failure ?? $"has no {string.Join(", ", intake.MissingFiles)}"}");
        }

        throw new DataException(Explain(dataset, folder, intake, failures));
    }

    static async Task<string?> TryAsync(FetchSource source, FileIntake intake, CancellationToken cancellation)
    {
        try
        {
            intake.Begin(source);
            await source.FetchAsync(intake, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException timeout) when (!cancellation.IsCancellationRequested)
        {
            return timeout.InnerException?.Message ?? timeout.Message;
        }
        catch (Exception refusal) when (refusal is HttpRequestException or IOException or InvalidDataException or TimeoutException or UnauthorizedAccessException)
        {
            return refusal.Message;
        }
    }

    // Before anything is downloaded, so that nobody waits for bytes that cannot be kept.
    static void PrepareFolder(DatasetInfo dataset, DataFolder folder) => folder.Write(dataset, () =>
    {
        Directory.CreateDirectory(folder.FolderOf(dataset));
        string probe = folder.PathOf(dataset, Path.GetRandomFileName() + ".tmp");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    });

    static string Explain(DatasetInfo dataset, DataFolder folder, FileIntake intake, IEnumerable<string> failures)
    {
        var text = new StringBuilder($"no source had {dataset.Name}:\n");
        foreach (string failure in failures) text.Append("  ").Append(failure).Append('\n');
        text.Append($"Place these files, plain or as .gz, in {folder.FolderOf(dataset)} and check them with `runner data verify {dataset.Name}`:");
        foreach (DatasetFile file in dataset.Files.Where(file => intake.MissingFiles.Contains(file.Name)))
            text.Append($"\n  {file.Name}  {file.Bytes} bytes  SHA-256 {file.Sha256}");
        return text.ToString();
    }
}
