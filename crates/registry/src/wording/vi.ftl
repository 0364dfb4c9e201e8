# Các lời từ chối thay đổi: mỗi câu nói điều gì sai và cần làm gì.
forbidden = Bạn không có quyền làm việc này ({ $action }): hãy liên hệ quản trị viên của hệ thống đăng ký.
key-reused = Khóa chống lặp này đã dùng cho một yêu cầu khác: hãy tạo khóa mới cho yêu cầu mới.
conflict = Người khác đã thay đổi bản ghi này: phiên bản hiện tại là { $version }. Hãy đọc lại rồi sửa lại.
