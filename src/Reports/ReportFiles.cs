using System.Text;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;

namespace AeVae.Reports;

/// <summary>The files of a report, as they are written one after another.</summary>
sealed class ReportFiles
{
    readonly string folder;
    readonly PageFormat format;
    readonly List<string> files;

    /// <summary>Makes the folder.</summary>
    public ReportFiles(string folder, PageFormat format)
    {
        (this.folder, this.format) = (folder, format);
        files = [Path.Combine(folder, "report.md")];
        Directory.CreateDirectory(folder);
    }

    /// <summary>Draws a figure; one of the same name in the other format goes.</summary>
    public void Add(Figure figure)
    {
        using ICanvas canvas = format.Open(figure.Width, figure.Height);
        figure.Draw(canvas);
        Add(figure.Name + format.Extension, canvas.ToBytes());
        File.Delete(Path.Combine(folder, figure.Name + format.OtherExtension));
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
        File.WriteAllBytes(files[^1], content);
    }

    /// <summary>Writes the report itself.</summary>
    public ReportResult Finish(string markdown, IReadOnlyList<string> notes)
    {
        File.WriteAllText(files[0], markdown, new UTF8Encoding(false));
        return new ReportResult(files[0], files, files.Count - 1, notes);
    }
}
