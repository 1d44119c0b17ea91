using System.Buffers.Binary;

namespace AeVae.Data.Images;

/// <summary>A SHA-256, as a value.</summary>
readonly record struct Digest(UInt128 High, UInt128 Low)
{
    /// <summary>Its length in bytes.</summary>
    public const int Bytes = 32;

    /// <summary>That of 32 bytes.</summary>
    public Digest(ReadOnlySpan<byte> bytes)
        : this(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
    {
    }

    /// <summary>Writes its 32 bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }
}
