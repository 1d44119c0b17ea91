using System.Runtime.InteropServices;

namespace AeVae.Tracking;

/// <summary>Whether a file has one name only. SQLite keeps what was written last in files beside it that are called after it: under another name nobody finds them.</summary>
static partial class FileNames
{
    // struct statx of Linux, the same on every processor.
    const int Size = 256, AttributesOffset = 8, NamesOffset = 16;
    const int CurrentFolder = -100, NamesWanted = 4;
    const ulong IsMountRoot = 0x2000;

    /// <summary>What is wrong with the name of a file, and what to do, without its full stop; null where nothing is, there is no file yet, or the system cannot tell.</summary>
    public static string? Problem(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[Size];
        try
        {
            if (Status(CurrentFolder, path, 0, NamesWanted, status) != 0)
                return null;
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;    // an old C library, or another
        }

        if (MemoryMarshal.Read<uint>(status[NamesOffset..]) is > 1 and var names)
            return $"the file has {names} names (hard links), and runs that are stored under one would be lost under another. Keep one name and make others symbolic links (ln -s)";
        return (MemoryMarshal.Read<ulong>(status[AttributesOffset..]) & IsMountRoot) != 0
            ? "the file alone is mounted there, and runs would be lost that are stored under this name and under its own. Mount the folder that it lies in"
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint wanted, Span<byte> status);
}
