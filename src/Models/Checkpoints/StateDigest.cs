using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Models.Checkpoints;

/// <summary>SHA-256 of tensors and numbers; the frame is defined at <see cref="TensorDigest"/>.</summary>
static class StateDigest
{
    public static TensorDigest Of(StoredTensor tensor) => new(tensor.Name, Convert.ToHexStringLower(SHA256.HashData(Frame(tensor))));

    /// <summary>One digest of everything: the tensors' frames, then the numbers' frames, each group in ordinal name order.</summary>
    public static string Of(IEnumerable<StoredTensor> tensors, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StoredTensor tensor in tensors.OrderBy(t => t.Name, StringComparer.Ordinal)) hash.AppendData(Frame(tensor));
        foreach ((string name, double value) in scalars.OrderBy(s => s.Key, StringComparer.Ordinal)) hash.AppendData(Frame(name, value));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static byte[] Frame(StoredTensor tensor)
    {
        byte[] frame = Head(tensor.Name, tensor.Shape, tensor.Values.Length * sizeof(float), out int at);
        ToLittleEndian(tensor.Values, frame.AsSpan(at));
        return frame;
    }

    static byte[] Frame(string name, double value)
    {
        byte[] frame = Head(name, [], sizeof(double), out int at);
        BinaryPrimitives.WriteDoubleLittleEndian(frame.AsSpan(at), value);
        return frame;
    }

    static byte[] Head(string name, int[] shape, int dataBytes, out int at)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        byte[] frame = new byte[2 * sizeof(int) + nameBytes.Length + shape.Length * sizeof(long) + dataBytes];
        BinaryPrimitives.WriteInt32LittleEndian(frame, nameBytes.Length);
        nameBytes.CopyTo(frame.AsSpan(sizeof(int)));
        at = sizeof(int) + nameBytes.Length;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(at), shape.Length);
        at += sizeof(int);
        foreach (int dimension in shape)
        {
            BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(at), dimension);
            at += sizeof(long);
        }

        return frame;
    }

    /// <summary>fp32, little-endian on every machine.</summary>
    public static void ToLittleEndian(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
    }
}
