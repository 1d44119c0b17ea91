using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports;

/// <summary>The files of a report, as they are written one after another.</summary>
sealed class ReportFiles
{
    readonly string folder;
    readonly List<string> files;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="report">File name of the report itself.</param>
    public ReportFiles(string folder, string report)
    {
        this.folder = folder;
        files = [Path.Combine(folder, report)];
        Directory.CreateDirectory(folder);
    }

    /// <summary>Draws a figure; one of the same name in the format that this one replaces goes.</summary>
    public void Add(Figure figure, PageFormat format)
    {
        using ICanvas canvas = format.Open(figure.Width, figure.Height);
        figure.Draw(canvas);
        Add(figure.Name + format.Extension, canvas.ToBytes());
        if (format.Replaces is { } replaced) File.Delete(Path.Combine(folder, figure.Name + replaced));
    }

    /// <summary>Draws an animation; one of the same name in the other format goes.</summary>
    public void Add(Animation animation, AnimationFormat animationFormat)
    {
        Add(animation.Name + animationFormat.Extension(), animation.ToBytes(animationFormat));
        foreach (AnimationFormat other in Enum.GetValues<AnimationFormat>().Where(other => other != animationFormat))
            File.Delete(Path.Combine(folder, animation.Name + other.Extension()));
    }

    void Add(string name, byte[] content)
    {
        files.Add(Path.Combine(folder, name));
        WholeFile.Write(files[^1], file => file.Write(content));
    }

    /// <summary>Writes the report itself.</summary>
    public ReportResult Finish(string text, IReadOnlyList<string> notes)
    {
        WholeFile.Write(files[0], text);
        return new ReportResult(files[0], files, files.Count - 1, notes);
    }
}
