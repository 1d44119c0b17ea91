namespace AeVae.Data.Fetching;

/// <summary>A folder that is deleted with all it holds when it is disposed.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aevae-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
