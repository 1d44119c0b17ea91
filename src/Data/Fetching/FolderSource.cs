namespace AeVae.Data.Fetching;

/// <summary>A folder of this computer, such as the one of the system's data sets.</summary>
sealed class FolderSource(string path) : FetchSource
{
    public override string Name => path;

    public override async Task FetchAsync(FileIntake intake, CancellationToken cancellation)
    {
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException("no such folder");
        foreach (string name in intake.MissingFiles)
        {
            string file = Path.Combine(path, name);
            if (!File.Exists(file)) file += ".gz";
            if (!File.Exists(file)) throw new FileNotFoundException($"no {name}");
            using FileStream content = File.OpenRead(file);
            await intake.StoreAsync(name, content, cancellation).ConfigureAwait(false);
        }
    }
}
