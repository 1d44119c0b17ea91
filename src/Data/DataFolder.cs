using AeVae.Data.Catalogue;

namespace AeVae.Data;

/// <summary>The folder that keeps data sets, one folder each: <c>data/mnist/train-images-idx3-ubyte</c>.</summary>
/// <param name="path">The folder; it need not exist yet.</param>
public sealed class DataFolder(string path)
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where the files of <paramref name="dataset"/> belong.</summary>
    public string FolderOf(DatasetInfo dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return System.IO.Path.Combine(Path, dataset.Name);
    }

    /// <summary>Where <paramref name="fileName"/> of <paramref name="dataset"/> belongs, uncompressed.</summary>
    public string PathOf(DatasetInfo dataset, string fileName) => System.IO.Path.Combine(FolderOf(dataset), fileName);

    /// <summary>Every file of <paramref name="dataset"/> lies there, whatever its bytes.</summary>
    public bool Has(DatasetInfo dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.Files.All(file => Find(dataset, file.Name) is not null);
    }

    /// <summary>The file as it lies there, plain or with <c>.gz</c> at the end of its name; null when it does not.</summary>
    public string? Find(DatasetInfo dataset, string fileName)
    {
        string plain = PathOf(dataset, fileName);
        string compressed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(compressed) ? compressed : null;
    }

    /// <summary>Changes the folder of <paramref name="dataset"/> by <paramref name="change"/>.</summary>
    /// <exception cref="DataException">The system refuses: a full or read-only disk is no fault of the source that the bytes come from.</exception>
    internal T Write<T>(DatasetInfo dataset, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot write to {FolderOf(dataset)} ({refusal.Message.TrimEnd('.')}). Choose another data folder with `--data PATH` or RUNNER_DATA.", refusal);
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    internal void Write(DatasetInfo dataset, Action change) => Write(dataset, () =>
    {
        change();
        return true;
    });
}
