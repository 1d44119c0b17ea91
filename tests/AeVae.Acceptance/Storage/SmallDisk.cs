using System.Diagnostics;
using System.Globalization;

namespace AeVae.Acceptance.Storage;

/// <summary>A disk of a few MiB in memory, which can be filled and made read-only; it takes root to mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int mebibytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small disk is a tmpfs, and only root may mount one");
        Folder = Directory.CreateTempSubdirectory("aevae disk ").FullName;
        Skip.IfNot(Call("mount", "-t", "tmpfs", "-o", $"size={mebibytes.ToString(CultureInfo.InvariantCulture)}m", "none", Folder), "this system lets nobody mount a tmpfs");
    }

    public string Folder { get; }

    string Filling => Path.Combine(Folder, "filling");

    public void Fill()
    {
        byte[] block = new byte[4096];
        try
        {
            using FileStream file = new(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // That is full.
        }
    }

    public void Free() => File.Delete(Filling);

    public void MakeReadOnly() => Assert.True(Call("mount", "-o", "remount,ro", Folder));

    public void Dispose()
    {
        Call("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    static bool Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
