package dev.kvstore.sqlite.file;

import java.util.Set;

/**
 * Recognizes file systems shared with another machine, by the type that {@code FileStore} reports: on Linux the type in
 * the mount table. A file system shared with another machine, or with a hypervisor, has neither locks nor shared memory
 * between the two.
 */
final class NetworkFileSystem {

    private static final Set<String> TYPES = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "smbnetfs",
            "afs",
            "afpfs",
            "ncpfs",
            "coda",
            "webdav",
            "davfs",
            "davfs2",
            "sshfs",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
            "pvfs2",
            "ocfs2",
            "gfs2",
            // Shared by hypervisors with their guests.
            "9p",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "grpcfuse",
            "osxfs",
            "macfuse",
            "osxfuse");

    /** Backed by a program, of this machine or another, whose handling of locks and mapped memory is unknown. */
    private static final String FUSE = "fuse.";

    /** The file system of rootless containers. It lies on a disk of this machine. */
    private static final String ROOTLESS_OVERLAY = "fuse.fuse-overlayfs";

    private NetworkFileSystem() {}

    static boolean is(String type) {
        return TYPES.contains(type) || (type.startsWith(FUSE) && !type.equals(ROOTLESS_OVERLAY));
    }
}
