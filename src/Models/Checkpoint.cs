using AeVae.Models.Checkpoints;
using AeVae.Models.Optimizers;

namespace AeVae.Models;

/// <summary>The complete state of training between two epochs: parameters, optimiser state, running products, early stop, what was warned of, and the epoch.</summary>
/// <remarks>
/// Random streams need no state: a draw depends on seed, epoch and step alone. The file is safetensors, readable from Python: parameters under PyTorch's
/// names and shapes, optimiser tensors as <c>optimizer.KIND.PARAMETER</c>, and the numbers as decimal strings that round-trip in <c>__metadata__</c>.
/// </remarks>
public sealed class Checkpoint
{
    /// <summary>End of the name of a file that is being written.</summary>
    public const string TemporaryExtension = ".tmp";

    internal Checkpoint(int epoch, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, double> scalars, EarlyStopState? earlyStop, int collapsedEvaluations, string? configSha256)
    {
        Epoch = epoch;
        ParameterTensors = [.. tensors.Where(t => !IsOptimizerState(t)).OrderBy(t => t.Name, StringComparer.Ordinal)];
        OptimizerTensors = [.. tensors.Where(IsOptimizerState).OrderBy(t => t.Name, StringComparer.Ordinal)];
        Scalars = scalars;
        EarlyStop = earlyStop;
        CollapsedEvaluations = collapsedEvaluations;
        ConfigSha256 = configSha256;
        ParametersSha256 = StateDigest.Of(ParameterTensors, []);
        OptimizerSha256 = StateDigest.Of(OptimizerTensors, Scalars);
    }

    /// <summary>Epoch after which it was taken, from 1; 0 before the first.</summary>
    public int Epoch { get; }

    /// <summary>Digest of the parameters, see <see cref="TensorDigest"/>.</summary>
    public string ParametersSha256 { get; }

    /// <summary>Digest of the optimiser's tensors and numbers.</summary>
    public string OptimizerSha256 { get; }

    /// <summary>Digest of the resolved configuration that was trained, as given to <see cref="Save"/>; null until it is read from a file.</summary>
    public string? ConfigSha256 { get; }

    /// <summary>The parameters under PyTorch's names and shapes, by name.</summary>
    public IReadOnlyList<StoredTensor> ParameterTensors { get; }

    internal IReadOnlyList<StoredTensor> OptimizerTensors { get; }

    internal IReadOnlyDictionary<string, double> Scalars { get; }

    internal EarlyStopState? EarlyStop { get; }

    /// <summary>Evaluations in a row, up to the last one, in which the posterior was collapsed.</summary>
    internal int CollapsedEvaluations { get; }

    /// <summary>Writes a safetensors file: under a temporary name beside it, flushed to the disk, then renamed, so that a file of this name is always whole.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="configSha256">Digest of the resolved configuration, kept in the file so that it can be checked before resuming.</param>
    /// <remarks>
    /// The folder is not flushed, which .NET cannot do without calling the C library: after a power failure the file may still have its temporary name.
    /// Whoever removes older checkpoints therefore leaves one more than is needed.
    /// </remarks>
    public void Save(string path, string configSha256)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(configSha256);
        Write(path, [.. ParameterTensors, .. OptimizerTensors], CheckpointMetadata.Of(this, configSha256));
    }

    /// <summary>Writes the parameters alone in the same way, for programs that use the network and do not train it.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="metadata">What else a reader should find in it.</param>
    public void SaveParameters(string path, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(metadata);
        Write(path, ParameterTensors, metadata);
    }

    static void Write(string path, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Path.GetRandomFileName()}{TemporaryExtension}";   // two processes may restore one run
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write))
            {
                SafeTensors.Write(file, tensors, metadata);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            File.Delete(temporary);
            throw new IOException($"{temporary}: {tooLarge.Message}", tooLarge);      // as .NET calls a limit of file sizes (ulimit -f)
        }
        catch
        {
            File.Delete(temporary);   // on a full disk, what it holds is needed
            throw;
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is torn, damaged or no checkpoint; the message says what was found.</exception>
    /// <exception cref="IOException">It cannot be read, which says nothing about what it holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static Checkpoint Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(path);
        return CheckpointMetadata.Read(path, tensors, metadata);
    }

    /// <summary>The epoch of what <see cref="Save"/> wrote, from the beginning of the file alone.</summary>
    /// <exception cref="InvalidDataException">The file is torn, damaged there or no checkpoint.</exception>
    /// <exception cref="IOException">It cannot be read, which says nothing about what it holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static int ReadEpoch(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CheckpointMetadata.Epoch(path, SafeTensors.ReadMetadata(path));
    }

    static bool IsOptimizerState(StoredTensor tensor) => tensor.Name.StartsWith(OptimizerCatalogue.Prefix, StringComparison.Ordinal);
}
