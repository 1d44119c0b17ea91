using System.Buffers.Binary;

namespace AeVae.Acceptance.Kills;

/// <summary>SQLite's write-ahead log, as a killed process left it.</summary>
/// <remarks>https://www.sqlite.org/fileformat.html#the_write_ahead_log</remarks>
internal static class WriteAheadLog
{
    const int HeaderLength = 32, FrameHeaderLength = 24;
    const int PageSizeOffset = 8, SaltOffset = 16, FrameCommitOffset = 4, FrameSaltOffset = 8, SaltLength = 8;

    /// <summary>Whether it ends in frames of a transaction that was never committed.</summary>
    public static bool EndsWithinTransaction(string database)
    {
        string path = database + "-wal";
        byte[] log = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (log.Length < HeaderLength)
            return false;
        ReadOnlySpan<byte> salt = log.AsSpan(SaltOffset, SaltLength);
        int frameLength = FrameHeaderLength + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(PageSizeOffset));
        bool isOpen = false;
        // A frame with another salt is left from before the log was last started over.
        for (int at = HeaderLength; at + FrameHeaderLength <= log.Length && log.AsSpan(at + FrameSaltOffset, SaltLength).SequenceEqual(salt); at += frameLength)
            isOpen = at + frameLength > log.Length || BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at + FrameCommitOffset)) == 0;
        return isOpen;
    }
}
