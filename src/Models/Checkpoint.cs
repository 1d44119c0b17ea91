namespace AeVae.Models;

/// <summary>The complete state of training between two epochs: parameters, optimiser state, running products and the epoch.</summary>
public sealed class Checkpoint
{
    /// <summary>Epoch after which it was taken, from 1; 0 before the first.</summary>
    public int Epoch => throw new NotImplementedException();

    /// <summary>Digest of the parameters, see <see cref="TensorDigest"/>.</summary>
    public string ParametersSha256 => throw new NotImplementedException();

    /// <summary>Writes a safetensors file: under a temporary name, flushed to the disk, then renamed.</summary>
    public void Save(string path) => throw new NotImplementedException();

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is torn or no checkpoint; the message says what was found.</exception>
    public static Checkpoint Load(string path) => throw new NotImplementedException();
}
