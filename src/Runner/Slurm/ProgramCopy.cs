using System.Runtime.InteropServices;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Slurm;

/// <summary>The program as it is now, for tasks that start later: building it again meanwhile must not change it under them.</summary>
static class ProgramCopy
{
    /// <summary>The program that executes .NET assemblies.</summary>
    public static string Dotnet
    {
        get
        {
            string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));   // ROOT/shared/Microsoft.NETCore.App/VERSION
            return File.Exists(beside) ? beside : "dotnet";
        }
    }

    /// <summary>Copies it unless this build lies there already.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="code">What it was built from.</param>
    /// <returns>Path of the assembly to execute.</returns>
    public static string Make(SweepFolder folder, ProgramCode code)
    {
        string target = Path.Combine(folder.Path, $"program-{code.ProgramSha256?[..12] ?? "unknown"}");
        if (!Directory.Exists(target))
        {
            string temporary = $"{target}.{Environment.ProcessId}";
            try
            {
                Copy(code, temporary);
                Directory.Move(temporary, target);
            }
            catch
            {
                if (Directory.Exists(temporary))
                    Directory.Delete(temporary, recursive: true);
                throw;
            }
        }

        return Path.Combine(target, "runner.dll");
    }

    static void Copy(ProgramCode code, string folder)
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Where(IsNeeded))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        code.WriteInto(folder);
    }

    static bool IsNeeded(string file) => Path.GetExtension(file) is not (".pdb" or ".xml");
}
